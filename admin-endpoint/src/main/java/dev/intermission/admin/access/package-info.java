/**
 * Who may use the management API: personal access tokens, client secrets, rights, the token call,
 * and the limit on failed attempts. Uses the http package, Caffeine and password4j.
 */
@NullMarked
package dev.intermission.admin.access;

import org.jspecify.annotations.NullMarked;
