/**
 * What every call of the management API needs: requests read strictly, replies, refusals, and
 * paths. Uses Jackson and the Servlet API; knows nothing of what is managed.
 */
@NullMarked
package dev.intermission.admin.http;

import org.jspecify.annotations.NullMarked;
