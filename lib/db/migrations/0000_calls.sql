CREATE TABLE "call_rooms" (
	"id" serial PRIMARY KEY NOT NULL,
	"sid" text,
	"name" text NOT NULL,
	"call" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"origin" text NOT NULL,
	"caller" text NOT NULL,
	"agents" text[] NOT NULL,
	"deployments" text[] NOT NULL,
	"requested_at" bigint NOT NULL,
	"started_at" bigint,
	"joined_at" bigint,
	"answered_at" bigint,
	"ended_at" bigint,
	"ended_by" text,
	"end_reason" text,
	"outcome" text NOT NULL,
	"turns" integer NOT NULL,
	"errors" integer NOT NULL,
	"answer_ms" integer[] NOT NULL,
	"heard_at" bigint NOT NULL,
	"transcript" text NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('english', "calls"."caller" || ' ' || "calls"."transcript")) STORED
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"call" text NOT NULL,
	"room" text NOT NULL,
	"room_sid" text,
	"source" text NOT NULL,
	"at" bigint NOT NULL,
	"sent_at" bigint,
	"arrived_at" bigint NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_rooms" ADD CONSTRAINT "call_rooms_call_calls_id_fk" FOREIGN KEY ("call") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_call_calls_id_fk" FOREIGN KEY ("call") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "call_rooms_sid" ON "call_rooms" USING btree ("sid");--> statement-breakpoint
CREATE INDEX "call_rooms_name" ON "call_rooms" USING btree ("name");--> statement-breakpoint
CREATE INDEX "call_rooms_call" ON "call_rooms" USING btree ("call");--> statement-breakpoint
CREATE INDEX "calls_newest" ON "calls" USING btree ("requested_at","id");--> statement-breakpoint
CREATE INDEX "calls_live" ON "calls" USING btree ("requested_at","id") WHERE "calls"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "calls_outcome" ON "calls" USING btree ("outcome","requested_at","id");--> statement-breakpoint
CREATE INDEX "calls_ended_by" ON "calls" USING btree ("ended_by","requested_at","id");--> statement-breakpoint
CREATE INDEX "calls_agents" ON "calls" USING gin ("agents");--> statement-breakpoint
CREATE INDEX "calls_deployments" ON "calls" USING gin ("deployments");--> statement-breakpoint
CREATE INDEX "calls_search" ON "calls" USING gin ("search");--> statement-breakpoint
CREATE INDEX "events_call" ON "events" USING btree ("call");