package dev.intermission.gateway.proxy;

/** Records of requests, behind the handler. */
class HandlerTraceTest extends TraceBehaviour {}
