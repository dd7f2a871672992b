CREATE TABLE "deleted_rooms" (
	"id" serial PRIMARY KEY NOT NULL,
	"call" text NOT NULL,
	"name" text NOT NULL,
	"sid" text,
	"deleted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deleted_rooms_call" ON "deleted_rooms" USING btree ("call");--> statement-breakpoint
CREATE INDEX "deleted_rooms_name" ON "deleted_rooms" USING btree ("name");--> statement-breakpoint
CREATE INDEX "deleted_rooms_sid" ON "deleted_rooms" USING btree ("sid");--> statement-breakpoint
CREATE INDEX "deleted_rooms_at" ON "deleted_rooms" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "events_recordings" ON "events" USING btree ("at") WHERE "events"."kind" = 'recording';