{#
    What the runner's schema holds, as a map: `schema` its quoted name, `present` the objects in it (see _opus_present),
    `listed` the rows of mon_layout (see _opus_listed). Refuses a layout that is newer than this package.
#}
{% macro _opus_found() %}
    {% set present = _opus_present(_opus_schema_name()) %}
    {% set listed = _opus_listed(present) %}
    {% set newest = listed | map(attribute='layout_version') | max %}
    {% if listed and newest > opus_layout_version() %}
        {% do _opus_refuse("the runner's tables in " ~ _opus_schema() ~ " are of layout version " ~ newest ~ ", this package knows " ~ opus_layout_version() ~ ": nothing was changed. Upgrade the package opus_sync.") %}
    {% endif %}
    {{ return({'schema': _opus_schema(), 'present': present, 'listed': listed}) }}
{% endmacro %}
