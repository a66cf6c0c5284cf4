/**
 * Who may use the management API: personal access tokens, client secrets, and the limit on failed
 * attempts. Uses the plugin API, Caffeine and password4j; knows nothing of HTTP.
 */
@NullMarked
package dev.intermission.admin.access;

import org.jspecify.annotations.NullMarked;
