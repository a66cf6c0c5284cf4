package dev.intermission.admin.catalog;

import dev.intermission.api.ApiProxy;
import java.util.List;

/** Where a proxy answers its clients, as the contract shows it. */
record ClientRoute(List<String> relativePathList, List<String> hostList) {

  static ClientRoute of(ApiProxy proxy) {
    return new ClientRoute(proxy.relativePathList(), proxy.hostList());
  }
}
