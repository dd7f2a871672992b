CREATE TABLE "bookings" (
	"id" text PRIMARY KEY NOT NULL,
	"deployment" text NOT NULL,
	"reference" text NOT NULL,
	"requests" text[] NOT NULL,
	"day" text NOT NULL,
	"minute" integer NOT NULL,
	"minutes" integer NOT NULL,
	"service" text NOT NULL,
	"person" text NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	"zone" text NOT NULL,
	"place" text,
	"call" text,
	"booked_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"sequence" integer NOT NULL,
	"cancelled_at" bigint,
	"cancelled_by" text
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"deployment" text NOT NULL,
	"reference" text NOT NULL,
	"text" text NOT NULL,
	"recipient" text,
	"sender" text,
	"phone" text,
	"call" text,
	"taken_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_call_calls_id_fk" FOREIGN KEY ("call") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_reference" ON "bookings" USING btree ("deployment","reference");--> statement-breakpoint
CREATE INDEX "bookings_day" ON "bookings" USING btree ("day","minute");--> statement-breakpoint
CREATE INDEX "bookings_call" ON "bookings" USING btree ("call");--> statement-breakpoint
CREATE INDEX "bookings_requests" ON "bookings" USING gin ("requests");--> statement-breakpoint
CREATE INDEX "messages_taken" ON "messages" USING btree ("taken_at");--> statement-breakpoint
CREATE INDEX "messages_call" ON "messages" USING btree ("call");