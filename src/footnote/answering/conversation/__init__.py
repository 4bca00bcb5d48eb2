"""Follow-ups: "And when did she resign?" means nothing to an index until it knows who she is."""

from footnote.answering.conversation.carrying import LONGEST_CONVERSATION, LONGEST_REWRITTEN, CarryOver, is_faithful
from footnote.answering.conversation.pointing import points_back

__all__ = ["LONGEST_CONVERSATION", "LONGEST_REWRITTEN", "CarryOver", "is_faithful", "points_back"]
