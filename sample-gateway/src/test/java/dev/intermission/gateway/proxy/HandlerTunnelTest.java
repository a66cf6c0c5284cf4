package dev.intermission.gateway.proxy;

/** WebSockets behind the handler. */
class HandlerTunnelTest extends TunnelBehaviour {}
