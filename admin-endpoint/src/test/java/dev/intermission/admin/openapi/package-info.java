@NullMarked
package dev.intermission.admin.openapi;

import org.jspecify.annotations.NullMarked;
