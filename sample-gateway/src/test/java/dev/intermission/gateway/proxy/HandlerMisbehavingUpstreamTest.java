package dev.intermission.gateway.proxy;

/** Upstreams that misbehave, behind the handler. */
class HandlerMisbehavingUpstreamTest extends MisbehavingUpstreamBehaviour {}
