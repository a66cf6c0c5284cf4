package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Reads configuration files, strictly: what is not understood is refused, never guessed. */
public final class ConfigReader {

  private final ObjectMapper mapper;

  public ConfigReader() {
    YAMLMapper.Builder builder =
        YAMLMapper.builder(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(
                new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()));
    for (LogicalType type : LogicalType.values()) {
      builder.withCoercionConfig(
          type,
          coercions -> {
            for (CoercionInputShape shape : CoercionInputShape.values()) {
              coercions.setCoercion(shape, CoercionAction.Fail);
            }
          });
    }
    mapper = builder.build();
  }

  /**
   * Returns what the file, and over it the overrides, say.
   *
   * @throws ConfigException if the file can't be read, or says what is not allowed
   */
  public GatewayConfig read(Path file, Overrides overrides) {
    String text = text(file);
    try {
      ConfigFile read = mapper.readValue(text, ConfigFile.class);
      if (read == null) {
        throw new KeyFault("", "the file is empty; examples/gateway.yaml shows what it can say");
      }
      return read.under(overrides);
    } catch (JsonProcessingException e) {
      throw new ConfigException(new FaultText(file, text).of(e), e);
    } catch (KeyFault e) {
      throw new ConfigException(new FaultText(file, text).at(e.key(), e.fault()), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException("The configuration file %s does not exist".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new ConfigException("The configuration file %s is not UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new ConfigException(
          "The configuration file %s can't be read: %s".formatted(file, e), e);
    }
  }
}
