from .event import Event, EventSeries, EventType
from .participation import Participation

__all__ = ["Event", "EventSeries", "EventType", "Participation"]
