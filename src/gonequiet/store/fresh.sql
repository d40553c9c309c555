CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE address (
    id INTEGER NOT NULL,
    address VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (address)
);
CREATE TABLE address_name (
    address_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (address_id, name)
)
 WITHOUT ROWID;
CREATE TABLE also_known (
    id_digest BIGINT NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (id_digest)
);
CREATE TABLE conclusion (
    name VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE contact (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    set_aside VARCHAR NOT NULL,
    is_uncertain INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE ("key")
);
CREATE TABLE contact_address (
    address_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    PRIMARY KEY (address_id)
);
CREATE TABLE copy (
    unit_id INTEGER NOT NULL,
    position VARCHAR NOT NULL,
    message_id INTEGER NOT NULL,
    labels VARCHAR NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (unit_id, position)
)
 WITHOUT ROWID;
CREATE TABLE edit (
    id INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    verb VARCHAR NOT NULL,
    first VARCHAR NOT NULL,
    second VARCHAR NOT NULL,
    undoes INTEGER NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE episode (
    id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by INTEGER NOT NULL,
    closed_at BIGINT,
    closure VARCHAR NOT NULL,
    closed_by INTEGER,
    replied_at BIGINT,
    replied_by INTEGER,
    other_at BIGINT,
    other_by INTEGER,
    is_mass INTEGER NOT NULL,
    is_left_truncated INTEGER NOT NULL,
    follow_ups VARCHAR NOT NULL,
    pauses VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE link (
    message_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    parent_id INTEGER,
    rule VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    claims_to_be_owner INTEGER NOT NULL,
    PRIMARY KEY (message_id)
);
CREATE TABLE message (
    id INTEGER NOT NULL,
    message_id VARCHAR NOT NULL,
    id_digest BIGINT NOT NULL,
    content_digest BIGINT NOT NULL,
    sent_at BIGINT,
    sent_at_from VARCHAR NOT NULL,
    utc_offset_minutes INTEGER,
    subject_digest BIGINT NOT NULL,
    opening_digest BIGINT NOT NULL,
    quoted_digest BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    list_id VARCHAR NOT NULL,
    return_on VARCHAR NOT NULL,
    failed_addresses VARCHAR NOT NULL,
    attachments VARCHAR NOT NULL,
    facts INTEGER NOT NULL,
    new_text_chars INTEGER NOT NULL,
    size INTEGER NOT NULL,
    from_address_id INTEGER,
    digest BIGINT NOT NULL, channel VARCHAR DEFAULT 'mail' NOT NULL, states VARCHAR DEFAULT '' NOT NULL, detail TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX message_content_digest ON message (content_digest);
CREATE INDEX message_id_digest ON message (id_digest);
CREATE TABLE message_text (
    id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    new_text TEXT NOT NULL,
    forwarded TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE participant (
    message_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    role INTEGER NOT NULL,
    address_id INTEGER NOT NULL,
    PRIMARY KEY (message_id, position)
)
 WITHOUT ROWID;
CREATE TABLE problem (
    id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    unit_id INTEGER,
    kind VARCHAR NOT NULL,
    position VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    message_id INTEGER,
    digest BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE reference (
    message_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id_digest BIGINT NOT NULL,
    PRIMARY KEY (message_id, position)
)
 WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    added_at BIGINT NOT NULL,
    read_at BIGINT,
    digest BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (location)
);
CREATE TABLE touched (
    message_id INTEGER NOT NULL,
    PRIMARY KEY (message_id)
);
CREATE TABLE wait (
    contact_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    sent_at BIGINT NOT NULL,
    n_to INTEGER NOT NULL,
    n_cc INTEGER NOT NULL,
    is_reply INTEGER NOT NULL,
    is_forward INTEGER NOT NULL,
    asks_question INTEGER NOT NULL,
    has_request INTEGER NOT NULL,
    new_text_chars INTEGER NOT NULL,
    replied_after BIGINT,
    answered_after BIGINT,
    answered_by_other_after BIGINT,
    bounced_after BIGINT,
    expects_answer INTEGER NOT NULL,
    is_mass INTEGER NOT NULL,
    PRIMARY KEY (contact_id, message_id)
)
 WITHOUT ROWID;
CREATE TABLE unit (
    id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    folder VARCHAR NOT NULL,
    folder_role VARCHAR NOT NULL,
    state TEXT NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE UNIQUE INDEX unit_path ON unit (source_id, path);
CREATE VIRTUAL TABLE full_text USING fts5(
    subject, new_text, forwarded, content='message_text', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2");
CREATE INDEX message_channel ON message (channel) WHERE channel != 'mail';
CREATE TABLE reader (version INTEGER NOT NULL, through INTEGER NOT NULL, PRIMARY KEY (version));
CREATE TABLE words (message_id INTEGER NOT NULL, tongue VARCHAR NOT NULL, sentences INTEGER NOT NULL, acts TEXT NOT NULL, deeds TEXT NOT NULL, PRIMARY KEY (message_id));
CREATE TABLE commitment (message_id INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, what_start INTEGER NOT NULL, what_stop INTEGER NOT NULL, claim VARCHAR NOT NULL, by_reader INTEGER NOT NULL, due_on VARCHAR NOT NULL, is_sure INTEGER NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (message_id, start)) WITHOUT ROWID;
CREATE INDEX commitment_claim ON commitment (claim);
CREATE TABLE judged (id INTEGER NOT NULL, as_of BIGINT NOT NULL, basis VARCHAR NOT NULL, is_whole INTEGER NOT NULL, next_look_at BIGINT, PRIMARY KEY (id), UNIQUE (as_of));
CREATE TABLE look (judged_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, opened_by INTEGER NOT NULL, thread_id INTEGER NOT NULL, look_at BIGINT, probability FLOAT NOT NULL, low_90 FLOAT NOT NULL, high_90 FLOAT NOT NULL, reasons TEXT NOT NULL, waited_working_days INTEGER NOT NULL, alike INTEGER NOT NULL, alike_answered INTEGER NOT NULL, at_first FLOAT DEFAULT '1' NOT NULL, PRIMARY KEY (judged_id, contact_id, opened_by)) WITHOUT ROWID;
CREATE INDEX look_moment ON look (judged_id, look_at);
CREATE TABLE erased (
    token VARCHAR NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (token)
)
 WITHOUT ROWID;
CREATE TABLE address_use (
    address_id INTEGER NOT NULL,
    n_sender INTEGER NOT NULL,
    n_recipient INTEGER NOT NULL,
    n_personal INTEGER NOT NULL,
    n_list INTEGER NOT NULL,
    n_automatic INTEGER NOT NULL,
    n_uncertain INTEGER NOT NULL,
    look BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (address_id)
);
INSERT INTO alembic_version VALUES ('0008');
-- Made at the end of a first import.
CREATE INDEX IF NOT EXISTS message_sent_at ON message (sent_at);
CREATE INDEX IF NOT EXISTS message_subject_digest ON message (subject_digest);
CREATE INDEX IF NOT EXISTS message_opening_digest ON message (opening_digest);
CREATE INDEX IF NOT EXISTS message_quoted_digest ON message (quoted_digest);
CREATE INDEX IF NOT EXISTS address_organisation ON address (organisation);
CREATE INDEX IF NOT EXISTS participant_address ON participant (address_id, message_id);
CREATE INDEX IF NOT EXISTS reference_id_digest ON reference (id_digest);
CREATE INDEX IF NOT EXISTS also_known_message ON also_known (message_id);
CREATE INDEX IF NOT EXISTS copy_message ON copy (message_id);
CREATE INDEX IF NOT EXISTS link_thread ON link (thread_id);
CREATE INDEX IF NOT EXISTS contact_address_contact ON contact_address (contact_id);
CREATE INDEX IF NOT EXISTS wait_message ON wait (message_id);
CREATE INDEX IF NOT EXISTS episode_contact ON episode (contact_id);
CREATE INDEX IF NOT EXISTS episode_closed ON episode (closed_at, opened_at);
