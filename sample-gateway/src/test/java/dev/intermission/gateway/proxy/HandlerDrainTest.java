package dev.intermission.gateway.proxy;

/** Closing an API with requests in flight, behind the handler. */
class HandlerDrainTest extends DrainBehaviour {}
