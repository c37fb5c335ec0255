{#
    Generic test on mon_service_levels: a level is met on each board that has figures for it.
    level: call_success, orders_per_hour, rows_needing_a_person, cells_different_at_verify, traced_operations.
#}
{% test opus_level_is_met(model, level) %}
    select * from {{ model }}
    where level = '{{ level }}'
        and is_met = 0
{% endtest %}
