package dev.sonde.bus.spi;

/// A setting of a module as it stands.
///
/// @param key its key
/// @param value its value, written as in a file
/// @param defaultValue what it is if nothing is said
/// @param unit the unit of a number, may be empty
/// @param help what it is for, may be empty
/// @param problem what is wrong with what the file says; empty if nothing is
public record SettingValue(
    String key, String value, String defaultValue, String unit, String help, String problem) {}
