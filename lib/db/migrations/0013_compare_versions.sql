ALTER TABLE "rollouts" ALTER COLUMN "version" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "agent_turns" integer;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "interruptions" integer;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "tool_calls" integer;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "tool_failures" integer;