/** Tests of the contract against the started gateway, over its sockets. */
@NullMarked
package dev.intermission.gateway.contract;

import org.jspecify.annotations.NullMarked;
