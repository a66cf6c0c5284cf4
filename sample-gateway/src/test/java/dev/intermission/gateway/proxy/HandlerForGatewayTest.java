package dev.intermission.gateway.proxy;

/** What the gateway answers itself, behind the handler. */
class HandlerForGatewayTest extends ForGatewayBehaviour {}
