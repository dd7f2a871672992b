CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "shared_state" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "shared_state_kind_key_pk" PRIMARY KEY("kind","key")
);
--> statement-breakpoint
CREATE TABLE "rehearsal_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"session" text NOT NULL,
	"rehearsal" text NOT NULL,
	"title" text NOT NULL,
	"agent" text NOT NULL,
	"deployment" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"call" text,
	"result" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rehearsal_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"started_at" bigint NOT NULL,
	"heard_at" bigint NOT NULL,
	"ended_at" bigint,
	"stop_at" bigint,
	"runs" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "caller_id" text;--> statement-breakpoint
ALTER TABLE "rehearsal_runs" ADD CONSTRAINT "rehearsal_runs_session_rehearsal_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."rehearsal_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rehearsal_runs_started" ON "rehearsal_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "rehearsal_runs_session" ON "rehearsal_runs" USING btree ("session");--> statement-breakpoint
CREATE INDEX "calls_caller" ON "calls" USING btree ("caller_id","requested_at");