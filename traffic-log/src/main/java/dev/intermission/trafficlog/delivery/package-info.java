/**
 * Brings records to where they go, in the background: whoever has one hands it over and goes on.
 */
@NullMarked
package dev.intermission.trafficlog.delivery;

import org.jspecify.annotations.NullMarked;
