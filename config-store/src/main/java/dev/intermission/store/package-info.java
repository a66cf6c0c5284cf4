/**
 * The store: settings, deployments, snapshot versions, users and tokens in a database, through
 * JDBC. It uses the plugin-api and libraries for databases; it knows nothing of HTTP or of traffic.
 */
@NullMarked
package dev.intermission.store;

import org.jspecify.annotations.NullMarked;
