package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.EntityTag;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
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
public final class OverviewResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final AdminFeed feed;
  private final Clock clock;
  private final Overview overview;

  public OverviewResource(Admission admission, SettingsStore store, AdminFeed feed, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.feed = feed;
    this.clock = clock;
    overview = new Overview(store);
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    User user = admission.user(call);
    OverviewQuery query = OverviewQuery.of(call.query(OverviewQuery.PARAMETERS));
    requireKnown(query, user);
    Instant now = clock.instant();
    ServingNodes nodes = new ServingNodes(feed, store);
    byte[] body = ReplyJson.write(page(query, user, nodes, now));
    Reply.Document document = new Reply.Document(ReplyJson.MEDIA_TYPE, new String(body, UTF_8));
    String etag = EntityTag.of(document.text());
    Reply reply = Preconditions.of(call).notModified(etag) ? Reply.empty(304) : Reply.ok(document);
    return reply.with("ETag", etag);
  }

  /**
   * A misspelt name must not look like a project or an environment in which nothing is closed. A
   * user who may see no project learns no environments either.
   */
  private void requireKnown(OverviewQuery query, User user) {
    String project = query.project();
    if (project != null && (!user.isMemberOf(project) || !store.projectExists(project))) {
      throw Refusal.unknownProject(project);
    }
    String environment = query.environment();
    boolean seesAny = user.systemAdministrator() || !user.rights().isEmpty();
    if (environment != null && seesAny && !store.environments().contains(environment)) {
      throw Refusal.unknownEnvironment(environment);
    }
  }

  private Page page(OverviewQuery query, User user, ServingNodes nodes, Instant now) {
    List<OverviewLine> lines = new ArrayList<>();
    int found = 0;
    for (ProxyOverview proxy : overview.proxies()) {
      if (!query.wants(proxy, user)) {
        continue;
      }
      for (ProxyOverview.At at : proxy.environments()) {
        if (!query.wants(at, now)) {
          continue;
        }
        if (found >= query.skipped() && lines.size() < query.size()) {
          lines.add(OverviewLine.of(proxy, at, nodes, now));
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
