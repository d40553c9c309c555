"""Mail that lies on the disk: mbox, Maildir, single mails, and archives of them."""
