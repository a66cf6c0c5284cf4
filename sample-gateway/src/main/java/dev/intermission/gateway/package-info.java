/**
 * The gateway as a whole: how its parts are wired. {@code Gateway} is the one place that knows all
 * of them; {@code AdminSide} and {@code TrafficSide} know nothing of each other but the feed.
 */
@NullMarked
package dev.intermission.gateway;

import org.jspecify.annotations.NullMarked;
