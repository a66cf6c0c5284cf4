package dev.intermission.gateway.proxy;

/** The traffic log, behind the handler. */
class HandlerTrafficLogTest extends TrafficLogBehaviour {}
