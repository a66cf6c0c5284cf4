/** The calls that list API proxies and tell the details of one. */
@NullMarked
package dev.intermission.admin.catalog;

import org.jspecify.annotations.NullMarked;
