package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * Where the result goes.
 *
 * @param output the folder, on any Hadoop file system
 * @param overwrite whether an existing folder is replaced, once the new one is whole
 */
public record OutputSettings(String output, boolean overwrite) implements Serializable {}
