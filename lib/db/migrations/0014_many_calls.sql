DROP INDEX "events_recordings";--> statement-breakpoint
CREATE INDEX "events_expiring_recordings" ON "events" USING btree ("at","id") WHERE kind = 'recording' and data ? 'egress' and not data ? 'expiredAt';--> statement-breakpoint
CREATE INDEX "simulation_runs_call" ON "simulation_runs" USING btree ("call");