/**
 * The traffic log: which exchanges get a record, and where it goes. Knows no server; a gateway
 * tells it what it has captured.
 */
@NullMarked
package dev.intermission.trafficlog;

import org.jspecify.annotations.NullMarked;
