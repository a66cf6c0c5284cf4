package dev.intermission.gateway.proxy;

/** What is in flight behind the handler. */
class HandlerInFlightTest extends InFlightBehaviour {}
