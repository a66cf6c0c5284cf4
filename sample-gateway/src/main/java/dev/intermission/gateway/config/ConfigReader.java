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
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Reads configuration files, strictly: what is not understood is refused, never guessed. */
public final class ConfigReader {

  private final YAMLFactory factory =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build();
  private final ObjectMapper mapper;

  public ConfigReader() {
    YAMLMapper.Builder builder =
        YAMLMapper.builder(factory)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
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
    Places places = new Places(text, factory);
    FaultText faults = new FaultText(file, places);
    try {
      places.requireValues();
      return mapper.readValue(text, ConfigFile.class).under(overrides);
    } catch (JsonProcessingException e) {
      throw new ConfigException(faults.of(e), e);
    } catch (KeyFault e) {
      throw new ConfigException(faults.at(e.key(), e.fault()), e);
    }
  }

  /**
   * Returns what the overrides say where there is no file.
   *
   * @throws ConfigException if that is not enough
   */
  public GatewayConfig read(Overrides overrides) {
    try {
      return mapper.readValue("{}", ConfigFile.class).under(overrides);
    } catch (KeyFault e) {
      throw new ConfigException("Without a configuration file: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an empty file can be read", e);
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
