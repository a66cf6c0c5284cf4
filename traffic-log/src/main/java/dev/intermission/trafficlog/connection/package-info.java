/** The places that records can go to, as the gateway's configuration names them. */
@NullMarked
package dev.intermission.trafficlog.connection;

import org.jspecify.annotations.NullMarked;
