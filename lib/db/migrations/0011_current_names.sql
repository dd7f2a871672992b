ALTER TABLE "account_welcomes" RENAME TO "sign_up_links";--> statement-breakpoint
ALTER TABLE "sign_up_links" RENAME CONSTRAINT "account_welcomes_pkey" TO "sign_up_links_pkey";--> statement-breakpoint
ALTER TABLE "sign_up_links" RENAME CONSTRAINT "account_welcomes_made_by_accounts_id_fk" TO "sign_up_links_made_by_accounts_id_fk";--> statement-breakpoint
ALTER INDEX "account_welcomes_hash" RENAME TO "sign_up_links_hash";--> statement-breakpoint
ALTER INDEX "account_welcomes_email" RENAME TO "sign_up_links_email";--> statement-breakpoint
ALTER TABLE "rehearsal_sessions" RENAME TO "simulation_sessions";--> statement-breakpoint
ALTER TABLE "simulation_sessions" RENAME CONSTRAINT "rehearsal_sessions_pkey" TO "simulation_sessions_pkey";--> statement-breakpoint
ALTER TABLE "rehearsal_runs" RENAME TO "simulation_runs";--> statement-breakpoint
ALTER TABLE "simulation_runs" RENAME COLUMN "rehearsal" TO "scenario";--> statement-breakpoint
ALTER TABLE "simulation_runs" RENAME CONSTRAINT "rehearsal_runs_pkey" TO "simulation_runs_pkey";--> statement-breakpoint
ALTER TABLE "simulation_runs" RENAME CONSTRAINT "rehearsal_runs_session_rehearsal_sessions_id_fk" TO "simulation_runs_session_simulation_sessions_id_fk";--> statement-breakpoint
ALTER INDEX "rehearsal_runs_started" RENAME TO "simulation_runs_started";--> statement-breakpoint
ALTER INDEX "rehearsal_runs_session" RENAME TO "simulation_runs_session";--> statement-breakpoint
-- Web processes of before 0.2 read and write the old names while an update replaces them one after the other. The first
-- migration of the release after 0.2 drops these views.
CREATE VIEW "account_welcomes" AS SELECT * FROM "sign_up_links";--> statement-breakpoint
CREATE VIEW "rehearsal_sessions" AS SELECT * FROM "simulation_sessions";--> statement-breakpoint
CREATE VIEW "rehearsal_runs" AS
SELECT "id", "session", "scenario" AS "rehearsal", "title", "agent", "deployment", "number", "state", "started_at", "ended_at", "call", "result"
FROM "simulation_runs";
