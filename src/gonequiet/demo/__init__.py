"""The made-up demo mailbox and the truth about it."""
