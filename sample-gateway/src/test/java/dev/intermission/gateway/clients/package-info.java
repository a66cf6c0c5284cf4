@NullMarked
package dev.intermission.gateway.clients;

import org.jspecify.annotations.NullMarked;
