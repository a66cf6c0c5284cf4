@NullMarked
package dev.intermission.gateway.docs;

import org.jspecify.annotations.NullMarked;
