package org.eglr.kernel;

import java.util.Map;

/**
 * An object of the front end that a kernel makes: how Jupyter's comm to it is opened.
 *
 * @param id of the comm, unique
 * @param target what the front end makes, such as {@code jupyter.widget}
 * @param data its first state; written as JSON
 * @param metadata such as the version of its protocol
 */
public record CommOpening(
    String id, String target, Map<String, Object> data, Map<String, Object> metadata) {}
