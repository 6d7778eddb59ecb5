package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "9999, 9999, '9,999'",
    "10000, 10.0k, '10,000'",
    "12399, 12.3k, '12,399'",
    "99999, 99.9k, '99,999'",
    "100000, 100k, '100,000'",
    "999999, 999k, '999,999'",
    "1000000, 1.0M, 1.000M",
    "123456789, 123M, 123.456M",
    "999999999, 999M, 999.999M",
    "1000000000, 1.0G, 1.000G",
    "9223372036854775807, 9.2E, 9.223E",
  })
  void shouldShortenNumbers(long number, String shortened, String grouped) {
    assertThat(Figures.shorten(number)).isEqualTo(shortened).hasSizeLessThanOrEqualTo(5);
    assertThat(Figures.group(number)).isEqualTo(grouped).hasSizeLessThanOrEqualTo(8);
  }
}
