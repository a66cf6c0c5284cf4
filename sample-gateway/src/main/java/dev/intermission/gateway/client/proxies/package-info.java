/** API proxies as the management API tells of them: which one is meant, and how it stands. */
@NullMarked
package dev.intermission.gateway.client.proxies;

import org.jspecify.annotations.NullMarked;
