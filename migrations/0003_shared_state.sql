CREATE TABLE "shared_state" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "shared_state_kind_key_pk" PRIMARY KEY("kind","key")
);
