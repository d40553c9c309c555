"""The tables, as the program uses them; `migrations/` holds how they came to be.

Three groups, kept apart so that any of them can be reasoned about alone:

* what the sources said: `source`, `unit`, `message`, `message_text`, `participant`, `address`,
  `address_name`, `copy`, `reference`, `problem`;
* what we conclude from it, which can be dropped and rebuilt at any time: `contact`,
  `contact_address`, `link`, `wait`, `episode`, `conclusion`;
* what the owner decided: `edit`, an append-only journal that outranks every conclusion.

Moments are UTC epoch seconds. `digest` columns hold eight bytes over the rest of the row
(`store.digests`), because SQLite's own check misses most flipped bits in user data.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("location", String, nullable=False, unique=True),
    Column("added_at", BigInteger, nullable=False),
    Column("read_at", BigInteger),  # when it was last read to its end; null: never to its end
    Column("digest", BigInteger, nullable=False),
)

unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("path", String, nullable=False),
    Column("folder", String, nullable=False),
    Column("folder_role", String, nullable=False),
    Column("state", Text, nullable=False),  # the cursor: how far it was read
    Column("digest", BigInteger, nullable=False),
    Index("unit_path", "source_id", "path", unique=True),
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("id_digest", BigInteger, nullable=False),
    Column("content_digest", BigInteger, nullable=False),
    Column("sent_at", BigInteger),
    Column("sent_at_from", String, nullable=False),
    Column("utc_offset_minutes", Integer),
    Column("subject_digest", BigInteger, nullable=False),
    Column("opening_digest", BigInteger, nullable=False),
    Column("quoted_digest", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("list_id", String, nullable=False),
    Column("return_on", String, nullable=False),
    Column("failed_addresses", String, nullable=False),
    Column("attachments", String, nullable=False),
    Column("facts", Integer, nullable=False),  # bit set, see `domain.facts`
    Column("new_text_chars", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("from_address_id", Integer),
    Column("digest", BigInteger, nullable=False),
    Column("channel", String, nullable=False, server_default="mail"),
    Column("states", String, nullable=False, server_default=""),  # direction, where it is stated
    Column("detail", Text, nullable=False, server_default=""),  # JSON of what one channel knows
)

message_text = Table(
    "message_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("new_text", Text, nullable=False),
    Column("forwarded", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

address = Table(
    "address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", String, nullable=False, unique=True),
    Column("organisation", String, nullable=False),  # `house_of`: what identity keeps to
)

address_name = Table(
    "address_name",
    metadata,
    Column("address_id", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("times", Integer, nullable=False),
    sqlite_with_rowid=False,
)

participant = Table(
    "participant",
    metadata,
    Column("message_id", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Integer, nullable=False),
    Column("address_id", Integer, nullable=False),
    sqlite_with_rowid=False,
)

reference = Table(
    "reference",
    metadata,
    Column("message_id", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),  # 0.. In-Reply-To, then References oldest first
    Column("kind", Integer, nullable=False),
    Column("id_digest", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

also_known = Table(
    "also_known",
    metadata,
    Column("id_digest", BigInteger, primary_key=True, autoincrement=False),  # id of a copy
    Column("message_id", Integer, nullable=False),
)

copy = Table(
    "copy",
    metadata,
    Column("unit_id", Integer, primary_key=True),
    Column("position", String, primary_key=True),
    Column("message_id", Integer, nullable=False),
    Column("labels", String, nullable=False),
    Column("digest", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

problem = Table(
    "problem",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Integer, nullable=False),
    Column("unit_id", Integer),
    Column("kind", String, nullable=False),
    Column("position", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message_id", Integer),
    Column("digest", BigInteger, nullable=False),
)

# What we conclude: can be dropped and rebuilt from the tables above and the edits.

contact = Table(
    "contact",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),  # its smallest address
    Column("name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("set_aside", String, nullable=False),  # why it is not shown, "" when it is
    Column("is_uncertain", Integer, nullable=False),
)

contact_address = Table(
    "contact_address",
    metadata,
    Column("address_id", Integer, primary_key=True),
    Column("contact_id", Integer, nullable=False),
    Column("rule", String, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("message_id", Integer, primary_key=True),
    Column("thread_id", Integer, nullable=False),
    Column("parent_id", Integer),
    Column("rule", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("claims_to_be_owner", Integer, nullable=False),
)

wait = Table(
    "wait",
    metadata,
    Column("contact_id", Integer, primary_key=True),
    Column("message_id", Integer, primary_key=True),
    Column("sent_at", BigInteger, nullable=False),
    Column("n_to", Integer, nullable=False),
    Column("n_cc", Integer, nullable=False),
    Column("is_reply", Integer, nullable=False),
    Column("is_forward", Integer, nullable=False),
    Column("asks_question", Integer, nullable=False),
    Column("has_request", Integer, nullable=False),
    Column("new_text_chars", Integer, nullable=False),
    Column("replied_after", BigInteger),
    Column("answered_after", BigInteger),
    Column("answered_by_other_after", BigInteger),
    Column("bounced_after", BigInteger),
    Column("expects_answer", Integer, nullable=False),
    Column("is_mass", Integer, nullable=False),
    sqlite_with_rowid=False,
)

episode = Table(
    "episode",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", Integer, nullable=False),
    Column("thread_id", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", Integer, nullable=False),
    Column("closed_at", BigInteger),
    Column("closure", String, nullable=False),
    Column("closed_by", Integer),
    Column("replied_at", BigInteger),
    Column("replied_by", Integer),
    Column("other_at", BigInteger),
    Column("other_by", Integer),
    Column("is_mass", Integer, nullable=False),
    Column("is_left_truncated", Integer, nullable=False),
    Column("follow_ups", String, nullable=False),  # JSON: [[at, message], ...]
    Column("pauses", String, nullable=False),  # JSON: [[from, until, message, stated], ...]
)

conclusion = Table(
    "conclusion",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

touched = Table(
    "touched",
    metadata,
    Column("message_id", Integer, primary_key=True),  # another copy came; to be drawn anew
)

# What the owner decided.

edit = Table(
    "edit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", BigInteger, nullable=False),
    Column("verb", String, nullable=False),
    Column("first", String, nullable=False),
    Column("second", String, nullable=False),
    Column("undoes", Integer, nullable=False),
    Column("digest", BigInteger, nullable=False),
)

LOOKUP_INDEXES = (
    Index("message_id_digest", message.c.id_digest),
    Index("message_content_digest", message.c.content_digest),
    Index("message_channel", message.c.channel, sqlite_where=message.c.channel != "mail"),
)
"""Needed while importing, to find copies: kept up to date with every row."""

LATE_INDEXES = (
    Index("message_sent_at", message.c.sent_at),
    Index("message_subject_digest", message.c.subject_digest),
    Index("message_opening_digest", message.c.opening_digest),
    Index("message_quoted_digest", message.c.quoted_digest),
    Index("address_organisation", address.c.organisation),
    Index("participant_address", participant.c.address_id, participant.c.message_id),
    Index("reference_id_digest", reference.c.id_digest),
    Index("also_known_message", also_known.c.message_id),
    Index("copy_message", copy.c.message_id),
    Index("link_thread", link.c.thread_id),
    Index("contact_address_contact", contact_address.c.contact_id),
    Index("wait_message", wait.c.message_id),
    Index("episode_contact", episode.c.contact_id),
    Index("episode_closed", episode.c.closed_at, episode.c.opened_at),
)
"""Made at the end of a first import: building them once is several times faster."""

FULL_TEXT = """CREATE VIRTUAL TABLE full_text USING fts5(
    subject, new_text, forwarded, content='message_text', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2")"""
