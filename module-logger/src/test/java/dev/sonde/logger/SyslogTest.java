package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.log.LogSink;
import dev.sonde.log.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Syslog with somebody at the other end.
@Timeout(60)
class SyslogTest {

  private static final TopicRules ALL = TopicRules.parse(List.of("*"));
  private static final String MESSAGE =
      "<28>1 2026-11-01T12:00:00.250000Z \\S+ sonde \\d+ sonde/network/ARP - \\{\"seq\":%d}";

  @TempDir Path directory;
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final Sinks sinks = new Sinks();
  private final Syslog syslog = new Syslog(sinks, listener());

  @AfterEach
  void close() {
    syslog.close();
  }

  @Test
  void shouldSendADatagramForEachEvent() throws Exception {
    try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      use("udp:127.0.0.1:" + receiver.getLocalPort());
      write(1);
      write(2);

      assertThat(received(receiver)).matches(MESSAGE.formatted(1));
      assertThat(received(receiver)).matches(MESSAGE.formatted(2));
    }
  }

  @Test
  void shouldCutWhatFitsIntoNoDatagram() throws Exception {
    try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      use("udp:127.0.0.1:" + receiver.getLocalPort());
      write(1, "x".repeat(100_000));

      assertThat(received(receiver)).hasSize(SyslogSink.MAX_DATAGRAM_BYTES);
    }
  }

  @Test
  void shouldPutItsLengthBeforeEachMessageOnTcp() throws Exception {
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      use("tcp:localhost:" + receiver.getLocalPort());
      write(1, "äöü 漢字");
      write(2);
      try (Socket sender = receiver.accept()) {
        sender.setSoTimeout(20_000);
        InputStream in = sender.getInputStream();
        assertThat(framed(in)).endsWith("äöü 漢字");
        assertThat(framed(in)).matches(MESSAGE.formatted(2));
        syslog.close();
        assertThat(in.read()).as("hung up").isNegative();
      }
    }
  }

  @Test
  void shouldWaitForAUnixSocketAndGoOnAfterItsListenerRestarts() throws Exception {
    Path path = directory.resolve("syslog");
    use("unix:" + path);
    write(1);
    assertThat(notes.poll(20, TimeUnit.SECONDS)).startsWith("Syslog does not listen at " + path);
    assertThat(notes.poll(1, TimeUnit.SECONDS)).as("told at the next attempts").isNull();
    try (ServerSocketChannel receiver = listening(path);
        SocketChannel client = receiver.accept()) {
      assertThat(framed(Channels.newInputStream(client))).matches(MESSAGE.formatted(1));
      assertThat(notes.poll(20, TimeUnit.SECONDS)).startsWith("Syslog listens again");
    }
    Files.delete(path);
    write(2);
    write(3);
    assertThat(notes.poll(20, TimeUnit.SECONDS)).startsWith("Syslog does not listen at " + path);
    try (ServerSocketChannel receiver = listening(path);
        SocketChannel client = receiver.accept()) {
      InputStream in = Channels.newInputStream(client);
      assertThat(framed(in)).matches(MESSAGE.formatted(2));
      assertThat(framed(in)).matches(MESSAGE.formatted(3));
    }
    assertThat(sinks.accounts().get("syslog")).contains("0 lost, 0 waiting");
  }

  @Test
  void shouldMissNothingWhenAnIdleTcpReceiverRestarts() throws Exception {
    int port;
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = receiver.getLocalPort();
      use("tcp:127.0.0.1:" + port);
      write(1);
      try (InputStream in = receiver.accept().getInputStream()) {
        assertThat(framed(in)).matches(MESSAGE.formatted(1));
      }
    }
    write(2);
    assertThat(notes.poll(20, TimeUnit.SECONDS)).startsWith("Syslog does not listen");
    try (ServerSocket receiver = new ServerSocket()) {
      receiver.setReuseAddress(true);
      receiver.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      try (InputStream in = receiver.accept().getInputStream()) {
        assertThat(framed(in)).matches(MESSAGE.formatted(2));
      }
    }
  }

  @Test
  void shouldCountWhatNobodyTookWhenItEnds() throws Exception {
    use("unix:" + directory.resolve("nobody"));
    write(1);
    write(2);
    assertThat(notes.poll(20, TimeUnit.SECONDS)).startsWith("Syslog does not listen");
    syslog.close();

    assertThat(sinks.accounts()).isEmpty();
  }

  @Test
  void shouldEndWhileAReceiverTakesNothing() throws Exception {
    Path path = directory.resolve("deaf");
    try (ServerSocketChannel receiver = listening(path)) {
      use("unix:" + path);
      for (int i = 1; i <= 1_000; i++) {
        write(i, "x".repeat(10_000));
      }
      try (SocketChannel client = receiver.accept()) {
        syslog.close();

        assertThat(client.isOpen()).isTrue();
      }
    }
  }

  @Test
  void shouldKeepToRfc5424WhateverTheTopicIs() {
    LogSink.Entry entry =
        new LogSink.Entry(1, 0, "com/acme/" + "ä x".repeat(20), "test", Severity.ERROR, "{}");
    String message = new String(new SyslogFormat("", 7).message(entry), StandardCharsets.UTF_8);

    assertThat(message)
        .isEqualTo(
            "<27>1 1970-01-01T00:00:00.000000Z - sonde 7 %s - {}"
                .formatted("?x" + "??x".repeat(10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp:192.0.2.1:514", "tcp:[2001:db8::1]:601"})
  void shouldSendNothingOffThisMachine(String target) {
    assertThatThrownBy(() -> SyslogTarget.parse(target))
        .hasMessageContaining("is not this machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp:127.0.0.1", "tcp:127.0.0.1:65536", "unix:here", "udp:host:514", "x"})
  void shouldSayWhatAPlaceLooksLike(String target) {
    assertThatThrownBy(() -> SyslogTarget.parse(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(target.contains("host") ? "host" : "unix:/PATH");
  }

  private void use(String target) {
    syslog.use(Optional.of(SyslogTarget.parse(target)), ALL);
  }

  private void write(long sequence) {
    write(sequence, "{\"seq\":" + sequence + "}");
  }

  private void write(long sequence, String json) {
    String topic = "sonde/network/ARP";
    long micros = HistoryQuery.micros(Samples.NOON);
    sinks.write(
        topic,
        Level.WARNING,
        severity -> new LogSink.Entry(sequence, micros, topic, "network", severity, json));
  }

  private static ServerSocketChannel listening(Path path) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }

  private static String received(DatagramSocket receiver) throws IOException {
    receiver.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[100_000], 100_000);
    receiver.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  /// A message behind its length.
  private static String framed(InputStream in) throws IOException {
    StringBuilder length = new StringBuilder();
    for (int digit = in.read(); digit != ' '; digit = in.read()) {
      length.append((char) digit);
    }
    byte[] message = in.readNBytes(Integer.parseInt(length.toString()));
    return new String(message, StandardCharsets.UTF_8);
  }

  private DiskListener listener() {
    return new DiskListener() {
      @Override
      public void refused(Path file, String reason) {}

      @Override
      public void resumed(Path file, long missing) {}

      @Override
      public void late(Path file, Duration longest, long count) {}

      @Override
      public void note(String sentence) {
        notes.add(sentence);
      }
    };
  }
}
