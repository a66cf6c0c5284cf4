/**
 * The management API (docs/contract.md) as one servlet: {@link dev.intermission.admin.AdminServlet}
 * is the list of its paths. Each feature has a package of its own below this one.
 */
@NullMarked
package dev.intermission.admin;

import org.jspecify.annotations.NullMarked;
