/**
 * The reverse proxy behind the gate: finds a request's proxy in what is served, and streams to and
 * from one of its upstream addresses. Uses the gate's routing, Jetty's core and its HTTP client.
 */
@NullMarked
package dev.intermission.gateway.proxy;

import org.jspecify.annotations.NullMarked;
