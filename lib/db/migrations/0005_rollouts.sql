CREATE TABLE "rollout_log" (
	"id" serial PRIMARY KEY NOT NULL,
	"rollout" text NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"by" text,
	"percent" real NOT NULL,
	"reason" jsonb
);
--> statement-breakpoint
CREATE TABLE "rollouts" (
	"id" text PRIMARY KEY NOT NULL,
	"agent" text NOT NULL,
	"deployment" text NOT NULL,
	"version" text NOT NULL,
	"production_version" text,
	"state" text NOT NULL,
	"steps" real[] NOT NULL,
	"step" integer NOT NULL,
	"limits" jsonb NOT NULL,
	"overridden" text,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"looks" integer NOT NULL,
	"looked_at_calls" integer NOT NULL,
	"finding" jsonb
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "version" text;--> statement-breakpoint
ALTER TABLE "rollout_log" ADD CONSTRAINT "rollout_log_rollout_rollouts_id_fk" FOREIGN KEY ("rollout") REFERENCES "public"."rollouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rollout_log_rollout" ON "rollout_log" USING btree ("rollout","id");--> statement-breakpoint
CREATE INDEX "rollouts_agent" ON "rollouts" USING btree ("agent","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "rollouts_going_on" ON "rollouts" USING btree ("agent") WHERE "rollouts"."ended_at" is null;