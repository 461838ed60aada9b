"""What stands at the door of every request: throttle, language, who is acting, idle time-out, unfinished sign-in."""

from gniazdo.orgs.middleware.actor import ActorMiddleware, LanguageMiddleware
from gniazdo.orgs.middleware.door import DoorMiddleware
from gniazdo.orgs.middleware.idle import IdleMiddleware
from gniazdo.orgs.middleware.throttle import ThrottleMiddleware

__all__ = ["ActorMiddleware", "DoorMiddleware", "IdleMiddleware", "LanguageMiddleware", "ThrottleMiddleware"]
