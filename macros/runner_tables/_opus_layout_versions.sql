{#
    Table -> the newest layout version that mon_layout records of it; a version that this package does not know stops
    the run. present: see _opus_present_columns.
#}
{% macro _opus_layout_versions(schema, present) %}
    {% set versions = {} %}
    {% if 'mon_layout' in present %}
        {% for row in run_query('select object_name, max(layout_version) as layout_version from ' ~ schema ~ '.mon_layout group by object_name').rows %}
            {% do versions.update({row[0]: row[1] | int}) %}
        {% endfor %}
    {% endif %}
    {% set newest = versions.values() | max %}
    {% if versions and newest > opus_layout_version() %}
        {{ exceptions.raise_compiler_error("the runner's tables in " ~ schema ~ " are of layout version " ~ newest ~ ", this package knows " ~ opus_layout_version() ~ ": nothing was changed. Upgrade the package opus_sync.") }}
    {% endif %}
    {{ return(versions) }}
{% endmacro %}
