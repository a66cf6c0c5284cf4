/**
 * What a store implements for the admin side: settings, deployments, history, audit, tokens and
 * nodes. Uses the vocabulary only.
 */
@NullMarked
package dev.intermission.api.store;

import org.jspecify.annotations.NullMarked;
