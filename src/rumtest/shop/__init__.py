"""The bundled shop: a small site with knobs that make it slow, for demo, doctor and tests."""

from rumtest.shop.knobs import Knobs
from rumtest.shop.server import RunningShop, serve

__all__ = ["Knobs", "RunningShop", "serve"]
