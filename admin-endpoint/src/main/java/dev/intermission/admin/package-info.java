/**
 * The management API (docs/contract.md) as one servlet: {@link
 * dev.intermission.admin.AdminServlet}. A resource answers at one path; what it reads becomes a
 * value, what it changes goes through {@code Deployments} in one transaction of the store. Uses the
 * access and feed packages, Jackson, SLF4J and the Servlet API.
 */
@NullMarked
package dev.intermission.admin;

import org.jspecify.annotations.NullMarked;
