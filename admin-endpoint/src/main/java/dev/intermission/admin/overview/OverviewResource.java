package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.EntityTag;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.ReplyJson;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.User;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How all APIs stand that the caller may see, in each environment (contract section 9). */
final class OverviewResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final AdminFeed feed;
  private final Clock clock;
  private final Overview overview;
  private final KnownNames names;

  OverviewResource(
      Admission admission, SettingsStore store, AdminFeed feed, Overview overview, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.feed = feed;
    this.clock = clock;
    this.overview = overview;
    names = new KnownNames(store);
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    User user = admission.user(call);
    OverviewQuery query = OverviewQuery.of(call.query(OverviewQuery.PARAMETERS));
    names.require(query, user);
    Instant now = clock.instant();
    ServingNodes nodes = new ServingNodes(feed, store);
    byte[] body = ReplyJson.write(page(query, user, nodes, now));
    Reply.Document document = new Reply.Document(ReplyJson.MEDIA_TYPE, new String(body, UTF_8));
    String etag = EntityTag.of(document.text());
    Reply reply = Preconditions.of(call).notModified(etag) ? Reply.empty(304) : Reply.ok(document);
    return reply.with("ETag", etag);
  }

  private Page page(OverviewQuery query, User user, ServingNodes nodes, Instant now) {
    List<OverviewLine> lines = new ArrayList<>();
    int found = 0;
    for (ProxyOverview proxy : overview.read().proxies().values()) {
      if (!query.wants(proxy, user)) {
        continue;
      }
      for (ProxyOverview.At at : proxy.environments()) {
        if (!query.wants(at, now)) {
          continue;
        }
        if (found >= query.skipped() && lines.size() < query.size()) {
          lines.add(query.shown(OverviewLine.of(proxy, at, nodes, now)));
        }
        found++;
      }
    }
    return new Page("SUCCESS", true, lines, lines.size(), query.page(), query.size(), found);
  }

  /**
   * The answer.
   *
   * @param totalCount how many results all pages have
   */
  private record Page(
      String status,
      boolean success,
      List<OverviewLine> resultList,
      int resultCount,
      int page,
      int size,
      int totalCount) {}
}
