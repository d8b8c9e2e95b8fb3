"""The only writers of the organisation. Each checks the policy, changes, records the event."""
