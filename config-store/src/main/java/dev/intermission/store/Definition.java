package dev.intermission.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import java.util.List;

/**
 * A proxy without its id, as JSON in one column. SQL never looks inside it, and one row for each
 * proxy is fast to read and to compare. The component names are the field names of the stored JSON.
 */
record Definition(
    String description,
    String type,
    List<String> relativePathList,
    List<String> hostList,
    List<RoutingAddress> routing,
    List<String> categoryList,
    String sharingType,
    boolean soapToRest) {

  private static final ObjectReader READER = new JsonMapper().readerFor(Definition.class);
  private static final ObjectReader CATEGORIES_READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Categories.class);
  private static final ObjectWriter WRITER = new JsonMapper().writerFor(Definition.class);

  /** Returns the JSON text of a proxy; equal proxies have equal texts. */
  static String write(ApiProxy proxy) {
    Definition definition =
        new Definition(
            proxy.description(),
            proxy.type(),
            proxy.relativePathList(),
            proxy.hostList(),
            proxy.routing(),
            proxy.categoryList(),
            proxy.sharingType(),
            proxy.soapToRest());
    try {
      return WRITER.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write the definition of " + proxy.id(), e);
    }
  }

  static ApiProxy read(ProxyId id, String json) {
    try {
      Definition definition = READER.readValue(json);
      return new ApiProxy(
          id,
          definition.description,
          definition.type,
          definition.relativePathList,
          definition.hostList,
          definition.routing,
          definition.categoryList,
          definition.sharingType,
          definition.soapToRest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored definition of " + id + " can't be read", e);
    }
  }

  /** The part of a definition that is read for many proxies at a time. */
  private record Categories(List<String> categoryList) {}

  static List<String> categories(ProxyId id, String json) {
    try {
      return CATEGORIES_READER.<Categories>readValue(json).categoryList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored definition of " + id + " can't be read", e);
    }
  }
}
