/** Tests of what the store knows of the host gateway's catalog. */
@NullMarked
package dev.intermission.admin.catalog;

import org.jspecify.annotations.NullMarked;
